/* The floor of `make bench`: what reading YAML must cost at the least.
 *
 * Walks a folder, reads every .yaml file into one reused buffer and drives libyaml's event loop over it, on one
 * thread, keeping nothing. Prints the files, the bytes, the events and the version of libyaml.
 *
 *   floor FOLDER
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml.h>

static unsigned char *buffer;
static size_t capacity;
static unsigned long files, bytes, events;

static void fail(const char *what, const char *path) {
    fprintf(stderr, "floor: %s %s: %s\n", what, path, strerror(errno));
    exit(2);
}

static size_t read_file(int folder, const char *name) {
    struct stat status;
    int file = openat(folder, name, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &status) != 0) fail("cannot open", name);
    if ((size_t)status.st_size > capacity) {
        capacity = (size_t)status.st_size * 2;
        buffer = realloc(buffer, capacity);
        if (!buffer) fail("no memory for", name);
    }
    size_t size = 0;
    while (size < (size_t)status.st_size) {
        ssize_t got = read(file, buffer + size, (size_t)status.st_size - size);
        if (got < 0) fail("cannot read", name);
        if (got == 0) break;
        size += (size_t)got;
    }
    close(file);
    return size;
}

static void parse(size_t size) {
    yaml_parser_t parser;
    yaml_event_t event;
    if (!yaml_parser_initialize(&parser)) fail("no memory for", "the parser");
    yaml_parser_set_input_string(&parser, buffer, size);
    /* A file that does not parse ends its own loop only: the faulty trees have some. */
    for (int done = 0; !done && yaml_parser_parse(&parser, &event);) {
        done = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
        events++;
    }
    yaml_parser_delete(&parser);
}

static void walk(int parent, const char *name) {
    int folder = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = folder < 0 ? NULL : fdopendir(folder);
    if (!entries) fail("cannot list", name);
    for (struct dirent *entry; (entry = readdir(entries));) {
        if (entry->d_name[0] == '.') continue;
        if (entry->d_type == DT_DIR) {
            walk(folder, entry->d_name);
            continue;
        }
        size_t length = strlen(entry->d_name);
        if (length < 5 || strcmp(entry->d_name + length - 5, ".yaml") != 0) continue;
        size_t size = read_file(folder, entry->d_name);
        parse(size);
        files++;
        bytes += size;
    }
    closedir(entries);
}

int main(int count, char **arguments) {
    if (count != 2) {
        fprintf(stderr, "usage: floor FOLDER\n");
        return 64;
    }
    walk(AT_FDCWD, arguments[1]);
    printf("%lu files, %lu bytes, %lu events, libyaml %s\n", files, bytes, events, yaml_get_version_string());
    return 0;
}
