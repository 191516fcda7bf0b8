#include "cli/bench_child.h"

#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"

enum {
    SAID = 160
};

/* Both outputs of the child go into one pipe. */
static int spawn(char *const argv[], int out, pid_t *ret_child)
{
    posix_spawn_file_actions_t actions;
    int failed = posix_spawn_file_actions_init(&actions);

    if (failed != 0)
        return failed;
    failed = posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    if (failed == 0)
        failed = posix_spawn_file_actions_adddup2(&actions, out, STDERR_FILENO);
    if (failed == 0)
        failed = posix_spawn(ret_child, "/proc/self/exe", &actions, NULL, argv, environ);
    (void)posix_spawn_file_actions_destroy(&actions);
    return failed;
}

/* Read until the child has closed its end; the beginning is kept. */
static void drain(int in, int64_t start, struct child_run *run, char said[SAID])
{
    static char bytes[1 << 16];
    ssize_t n = read(in, bytes, sizeof(bytes));

    run->first_ns = clock_monotonic() - start;
    if (n > 0) {
        size_t kept = (size_t)n < SAID - 1 ? (size_t)n : SAID - 1;

        memcpy(said, bytes, kept);
        said[kept] = '\0';
    }
    while (n > 0)
        n = read(in, bytes, sizeof(bytes));
}

enum err_code bench_child(char *const argv[], struct child_run *ret_run, struct err *err)
{
    struct child_run run = { 0 };
    struct rusage usage = { 0 };
    char said[SAID] = "";
    int ends[2];
    int status = 0;
    int failed;
    pid_t child = -1;
    int64_t start;

    if (pipe2(ends, O_CLOEXEC) != 0)
        return err_set(err, ERR_IO, "a pipe to the measured program could not be made");
    start = clock_monotonic();
    failed = spawn(argv, ends[1], &child);
    (void)close(ends[1]);
    if (failed == 0)
        drain(ends[0], start, &run, said);
    (void)close(ends[0]);
    if (failed != 0 || wait4(child, &status, 0, &usage) != child) {
        (void)err_set(err, ERR_IO, "the program could not be started again to be measured");
        return err_detail(err, "%s", strerror(failed));
    }
    run.whole_ns = clock_monotonic() - start;
    run.peak_kib = usage.ru_maxrss;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        return err_set(err, ERR_IO, "the measured program failed: %s", said);
    *ret_run = run;
    return ERR_OK;
}
