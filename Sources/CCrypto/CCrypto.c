#include "CCrypto.h"

#include "CLoader.h"

static cloader_library crypto = {"libcrypto.so.3", "libssl3"};

#define EVP(result, name, parameters, arguments) LAZY(crypto, result, name, parameters, arguments)

EVP(EVP_MD *, EVP_MD_fetch, (OSSL_LIB_CTX *library, const char *algorithm, const char *properties),
    (library, algorithm, properties))
EVP(void, EVP_MD_free, (EVP_MD *algorithm), (algorithm))
EVP(EVP_MD_CTX *, EVP_MD_CTX_new, (void), ())
EVP(void, EVP_MD_CTX_free, (EVP_MD_CTX *context), (context))
EVP(int, EVP_DigestInit_ex2, (EVP_MD_CTX *context, const EVP_MD *algorithm, const OSSL_PARAM parameters[]),
    (context, algorithm, parameters))
EVP(int, EVP_DigestUpdate, (EVP_MD_CTX *context, const void *bytes, size_t count), (context, bytes, count))
EVP(int, EVP_DigestFinal_ex, (EVP_MD_CTX *context, unsigned char *digest, unsigned int *count),
    (context, digest, count))
