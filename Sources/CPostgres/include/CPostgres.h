#pragma once
#include <postgresql/libpq-fe.h>

/* Loads libpq. Returns null, or a sentence that says why it cannot be had. */
const char *cpostgres_open(void);
