#pragma once
#include <stdatomic.h>

/* A system library that is loaded when it is first called, and not before: what libgit2 and libpq bring along takes
   the dynamic linker 4 ms, which a program that never calls them should not pay (docs/decisions/012). */
typedef struct {
    /* The file that the dynamic linker looks for. */
    const char *file;
    /* The package of Debian that holds it. */
    const char *package;
    _Atomic(void *) handle;
    /* Why it cannot be loaded. */
    _Atomic(const char *) refusal;
} cloader_library;

/* Loads a library. Returns null, or a sentence that says why it cannot be had and what to install. */
const char *cloader_open(cloader_library *library);

/* Finds a function of a library, which is loaded if need be. Ends the program, with a sentence, where there is none. */
void *cloader_find(cloader_library *library, const char *name);

/* Defines a function as the one of that name in the library: LAZY(library, result type, name, (parameters),
   (arguments)). The header's declaration holds the types. */
#define LAZY(library, result, name, parameters, arguments)                          \
    result name parameters {                                                        \
        static _Atomic(void *) found;                                               \
        void *function = atomic_load_explicit(&found, memory_order_acquire);        \
        if (!function) {                                                            \
            function = cloader_find(&library, #name);                               \
            atomic_store_explicit(&found, function, memory_order_release);          \
        }                                                                           \
        return ((result(*) parameters)function)arguments;                           \
    }
