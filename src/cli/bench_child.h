/*
 * bench_child: runs this very program as a child process, cold, and measures it.
 */
#ifndef CLI_BENCH_CHILD_H
#define CLI_BENCH_CHILD_H

#include <stdint.h>

#include "base/err.h"

struct child_run {
    int64_t first_ns; /* from the start to the first byte of output */
    int64_t whole_ns; /* from the start until it was gone */
    int64_t peak_kib; /* most memory resident at once */
};

/*
 * Run /proc/self/exe with `argv` (argv[0] is the program's name; ends with NULL); what it
 * prints is thrown away. ERR_IO when it could not be run or ended with another status than
 * 0: the message holds the beginning of what it said.
 */
MUST_USE enum err_code bench_child(char *const argv[], struct child_run *ret_run,
        struct err *err);

#endif
