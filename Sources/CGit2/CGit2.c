#include "CGit2.h"

#include "CLoader.h"

static cloader_library git2 = {"libgit2.so." LIBGIT2_SOVERSION, "libgit2-" LIBGIT2_SOVERSION};

const char *cgit2_open(void) { return cloader_open(&git2); }

int cgit2_accept_extensions(void) {
    int (*opts)(int, ...) = (int (*)(int, ...))cloader_find(&git2, "git_libgit2_opts");
    const char *names[] = {"partialclone", "worktreeconfig"};
    return opts(GIT_OPT_SET_EXTENSIONS, names, (size_t)2);
}

#define GIT(result, name, parameters, arguments) LAZY(git2, result, name, parameters, arguments)

GIT(int, git_libgit2_init, (void), ())
GIT(const git_error *, git_error_last, (void), ())

GIT(int, git_repository_open_ext,
    (git_repository **out, const char *path, unsigned int flags, const char *ceilings),
    (out, path, flags, ceilings))
GIT(void, git_repository_free, (git_repository *repository), (repository))
GIT(int, git_repository_is_shallow, (git_repository *repository), (repository))
GIT(int, git_repository_odb, (git_odb **out, git_repository *repository), (out, repository))
GIT(const char *, git_repository_path, (const git_repository *repository), (repository))
GIT(const char *, git_repository_workdir, (const git_repository *repository), (repository))

GIT(int, git_revparse_single, (git_object **out, git_repository *repository, const char *text),
    (out, repository, text))
GIT(int, git_object_lookup,
    (git_object **out, git_repository *repository, const git_oid *id, git_object_t type),
    (out, repository, id, type))
GIT(int, git_object_peel, (git_object **out, const git_object *object, git_object_t type), (out, object, type))
GIT(const git_oid *, git_object_id, (const git_object *object), (object))
GIT(const char *, git_object_type2string, (git_object_t type), (type))
GIT(void, git_object_free, (git_object *object), (object))

GIT(const git_signature *, git_commit_author, (const git_commit *commit), (commit))
GIT(const git_signature *, git_commit_committer, (const git_commit *commit), (commit))
GIT(unsigned int, git_commit_parentcount, (const git_commit *commit), (commit))
GIT(const git_oid *, git_commit_parent_id, (const git_commit *commit, unsigned int position), (commit, position))
GIT(const char *, git_commit_summary, (git_commit *commit), (commit))
GIT(const git_oid *, git_commit_tree_id, (const git_commit *commit), (commit))

GIT(size_t, git_tree_entrycount, (const git_tree *tree), (tree))
GIT(const git_tree_entry *, git_tree_entry_byindex, (const git_tree *tree, size_t index), (tree, index))
GIT(const git_tree_entry *, git_tree_entry_byname, (const git_tree *tree, const char *name), (tree, name))
GIT(git_filemode_t, git_tree_entry_filemode, (const git_tree_entry *entry), (entry))
GIT(const git_oid *, git_tree_entry_id, (const git_tree_entry *entry), (entry))
GIT(const char *, git_tree_entry_name, (const git_tree_entry *entry), (entry))

GIT(int, git_repository_index, (git_index **out, git_repository *repository), (out, repository))
GIT(size_t, git_index_entrycount, (const git_index *index), (index))
GIT(const git_index_entry *, git_index_get_byindex, (git_index *index, size_t position), (index, position))
GIT(int, git_index_entry_stage, (const git_index_entry *entry), (entry))
GIT(void, git_index_free, (git_index *index), (index))

GIT(int, git_odb_hash, (git_oid *out, const void *data, size_t length, git_object_t type),
    (out, data, length, type))
GIT(int, git_odb_read, (git_odb_object **out, git_odb *database, const git_oid *id), (out, database, id))
GIT(int, git_odb_read_header, (size_t *length, git_object_t *type, git_odb *database, const git_oid *id),
    (length, type, database, id))
GIT(const void *, git_odb_object_data, (git_odb_object *object), (object))
GIT(size_t, git_odb_object_size, (git_odb_object *object), (object))
GIT(void, git_odb_object_free, (git_odb_object *object), (object))
GIT(void, git_odb_free, (git_odb *database), (database))

GIT(int, git_hashsig_create, (git_hashsig **out, const char *text, size_t length, git_hashsig_option_t options),
    (out, text, length, options))
GIT(int, git_hashsig_compare, (const git_hashsig *left, const git_hashsig *right), (left, right))
GIT(void, git_hashsig_free, (git_hashsig *signature), (signature))
