/*
 * replay: feeds a fuzz target the files of its corpus, without a fuzzer.
 *
 *   fuzz-NAME FILE-OR-FOLDER...
 *
 * The empty input is tried as well. A target that dislikes an input aborts, as it does
 * under the fuzzer; the input's name was then the last line printed.
 */
#include <dirent.h>
#include <errno.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What is larger than this is no corpus file. */
enum {
    INPUT_MAX = 4 << 20
};

static uint8_t input[INPUT_MAX];
static int input_n;

static int replay_file(const char *path)
{
    FILE *in = fopen(path, "rb");
    size_t n;

    if (in == NULL) {
        (void)fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return 1;
    }
    n = fread(input, 1, sizeof(input), in);
    (void)fclose(in);
    (void)fprintf(stderr, "%s\n", path);
    (void)LLVMFuzzerTestOneInput(input, n);
    input_n++;
    return 0;
}

static int is_visible(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

static int replay_folder(const char *folder)
{
    struct dirent **names = NULL;
    int n = scandir(folder, &names, is_visible, alphasort);
    int failed = n < 0;

    for (int i = 0; i < n; i++) {
        char path[4096];

        (void)snprintf(path, sizeof(path), "%s/%s", folder, names[i]->d_name);
        failed |= replay_file(path);
        free(names[i]);
    }
    free(names);
    return failed;
}

int main(int argc, char **argv)
{
    int failed = 0;

    (void)LLVMFuzzerTestOneInput(input, 0);
    for (int i = 1; i < argc; i++) {
        struct stat about;

        if (stat(argv[i], &about) == 0 && S_ISDIR(about.st_mode))
            failed |= replay_folder(argv[i]);
        else
            failed |= replay_file(argv[i]);
    }
    (void)fprintf(stderr, "%d inputs replayed\n", input_n);
    return failed;
}
