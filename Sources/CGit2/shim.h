#pragma once
#include <git2.h>
#include <git2/sys/hashsig.h>

/* Has libgit2 open repositories whose extensions change nothing for those who only read what is there: a partial
   clone, and settings of a single work tree. Swift cannot call git_libgit2_opts, whose arguments vary in number. */
static inline int git_shim_accept_extensions(void) {
    const char *names[] = {"partialclone", "worktreeconfig"};
    return git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, names, (size_t)2);
}
