#define _GNU_SOURCE
#include "CLoader.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>

const char *cloader_open(cloader_library *library) {
    if (atomic_load(&library->handle)) return NULL;
    const char *refusal = atomic_load(&library->refusal);
    if (refusal) return refusal;
    void *handle = dlopen(library->file, RTLD_LAZY | RTLD_LOCAL);
    if (handle) {
        atomic_store(&library->handle, handle);
        return NULL;
    }
    /* Kept for the life of the program, at most once a library and thread. */
    char *sentence = NULL;
    if (asprintf(&sentence, "%s cannot be loaded; on Debian, install %s", library->file, library->package) < 0)
        sentence = "a system library cannot be loaded";
    atomic_store(&library->refusal, sentence);
    return sentence;
}

void *cloader_find(cloader_library *library, const char *name) {
    const char *refusal = cloader_open(library);
    void *function = refusal ? NULL : dlsym(atomic_load(&library->handle), name);
    if (!function) {
        if (refusal) fprintf(stderr, "%s\n", refusal);
        else fprintf(stderr, "%s has no %s: it is older than the one this program was built with\n", library->file, name);
        exit(2);
    }
    return function;
}
