#include "CHiredis.h"

#include "CLoader.h"

/* The header has its version as a number without quotes. */
#define TEXT_OF(number) #number
#define VERSION_TEXT(number) TEXT_OF(number)

static cloader_library hiredis = {
    "libhiredis.so." VERSION_TEXT(HIREDIS_SONAME), "libhiredis" VERSION_TEXT(HIREDIS_SONAME)};

const char *chiredis_open(void) { return cloader_open(&hiredis); }

#define REDIS(result, name, parameters, arguments) LAZY(hiredis, result, name, parameters, arguments)

REDIS(redisContext *, redisConnectWithTimeout, (const char *host, int port, const struct timeval timeout),
      (host, port, timeout))
REDIS(redisContext *, redisConnectUnixWithTimeout, (const char *path, const struct timeval timeout),
      (path, timeout))
REDIS(void, redisFree, (redisContext *context), (context))
REDIS(int, redisBufferRead, (redisContext *context), (context))
REDIS(int, redisGetReplyFromReader, (redisContext *context, void **reply), (context, reply))
REDIS(void, freeReplyObject, (void *reply), (reply))
