#pragma once
#include <git2.h>
#include <git2/sys/hashsig.h>

/* Loads libgit2. Returns null, or a sentence that says why it cannot be had. */
const char *cgit2_open(void);

/* Has libgit2 open repositories whose extensions change nothing for those who only read what is there: a partial
   clone, and settings of a single work tree. Swift cannot call git_libgit2_opts, whose arguments vary in number. */
int cgit2_accept_extensions(void);
