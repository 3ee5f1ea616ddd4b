#pragma once
#include <hiredis/hiredis.h>

/* Loads hiredis. Returns null, or a sentence that says why it cannot be had. */
const char *chiredis_open(void);
