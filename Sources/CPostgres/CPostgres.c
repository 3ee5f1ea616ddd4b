#include "CPostgres.h"

#include "CLoader.h"

static cloader_library pq = {"libpq.so.5", "libpq5"};

const char *cpostgres_open(void) { return cloader_open(&pq); }

#define PQ(result, name, parameters, arguments) LAZY(pq, result, name, parameters, arguments)

PQ(PQconninfoOption *, PQconninfoParse, (const char *text, char **message), (text, message))
PQ(void, PQconninfoFree, (PQconninfoOption *options), (options))
PQ(PGconn *, PQconnectStartParams, (const char *const *keywords, const char *const *values, int expand),
   (keywords, values, expand))
PQ(PostgresPollingStatusType, PQconnectPoll, (PGconn *connection), (connection))
PQ(int, PQconnectionNeedsPassword, (const PGconn *connection), (connection))
PQ(void, PQfinish, (PGconn *connection), (connection))
PQ(ConnStatusType, PQstatus, (const PGconn *connection), (connection))
PQ(PGTransactionStatusType, PQtransactionStatus, (const PGconn *connection), (connection))
PQ(int, PQserverVersion, (const PGconn *connection), (connection))
PQ(int, PQbackendPID, (const PGconn *connection), (connection))
PQ(int, PQsocket, (const PGconn *connection), (connection))
PQ(char *, PQerrorMessage, (const PGconn *connection), (connection))
PQ(PGVerbosity, PQsetErrorVerbosity, (PGconn *connection, PGVerbosity verbosity), (connection, verbosity))
PQ(PQnoticeReceiver, PQsetNoticeReceiver, (PGconn *connection, PQnoticeReceiver receiver, void *argument),
   (connection, receiver, argument))

PQ(int, PQsendQuery, (PGconn *connection, const char *query), (connection, query))
PQ(int, PQsendQueryParams,
   (PGconn *connection, const char *command, int count, const Oid *types, const char *const *values,
    const int *lengths, const int *formats, int resultFormat),
   (connection, command, count, types, values, lengths, formats, resultFormat))
PQ(int, PQsetnonblocking, (PGconn *connection, int isNonblocking), (connection, isNonblocking))
PQ(int, PQisBusy, (PGconn *connection), (connection))
PQ(int, PQconsumeInput, (PGconn *connection), (connection))
PQ(int, PQflush, (PGconn *connection), (connection))
PQ(PGresult *, PQgetResult, (PGconn *connection), (connection))

PQ(int, PQenterPipelineMode, (PGconn *connection), (connection))
PQ(int, PQexitPipelineMode, (PGconn *connection), (connection))
PQ(int, PQpipelineSync, (PGconn *connection), (connection))
PQ(int, PQsendFlushRequest, (PGconn *connection), (connection))

PQ(int, PQputCopyData, (PGconn *connection, const char *bytes, int count), (connection, bytes, count))
PQ(int, PQputCopyEnd, (PGconn *connection, const char *message), (connection, message))

PQ(PGcancel *, PQgetCancel, (PGconn *connection), (connection))
PQ(int, PQcancel, (PGcancel *cancel, char *message, int length), (cancel, message, length))
PQ(void, PQfreeCancel, (PGcancel *cancel), (cancel))

PQ(ExecStatusType, PQresultStatus, (const PGresult *result), (result))
PQ(char *, PQresultErrorMessage, (const PGresult *result), (result))
PQ(char *, PQresultErrorField, (const PGresult *result, int field), (result, field))
PQ(char *, PQcmdStatus, (PGresult *result), (result))
PQ(char *, PQcmdTuples, (PGresult *result), (result))
PQ(int, PQntuples, (const PGresult *result), (result))
PQ(int, PQnfields, (const PGresult *result), (result))
PQ(char *, PQfname, (const PGresult *result, int field), (result, field))
PQ(Oid, PQftype, (const PGresult *result, int field), (result, field))
PQ(int, PQgetisnull, (const PGresult *result, int row, int field), (result, row, field))
PQ(int, PQgetlength, (const PGresult *result, int row, int field), (result, row, field))
PQ(char *, PQgetvalue, (const PGresult *result, int row, int field), (result, row, field))
PQ(void, PQclear, (PGresult *result), (result))
