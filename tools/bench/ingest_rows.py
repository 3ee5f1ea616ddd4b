"""Loads the rows of a schema row by row, as many loaders do: one INSERT ... ON CONFLICT for each.

Prints the milliseconds of the first load into empty copies of the tables (keys, indexes and foreign keys
included) and of the same once more. The rows are read into memory beforehand.

    ingest_rows.py SOCKET_FOLDER SCHEMA
"""

import sys
import time

import psycopg
from psycopg import sql

folder, schema = sys.argv[1:]
connection = psycopg.connect(host=folder, user="postgres", dbname="postgres")
copy = schema + "_peer"


def tables():
    """The tables with rows, what is referred to first, each with its columns and key."""
    found = connection.execute(
        """
        SELECT rel.oid, rel.relname,
            array_agg(att.attname::text ORDER BY att.attnum),
            array_agg(att.attname::text) FILTER (WHERE att.attnum = ANY (ind.indkey))
        FROM pg_class AS rel
        JOIN pg_index AS ind ON ind.indrelid = rel.oid AND ind.indisprimary
        JOIN pg_attribute AS att ON att.attrelid = rel.oid AND att.attnum > 0 AND NOT att.attisdropped
        WHERE rel.relnamespace = %s::regnamespace AND rel.relkind = 'r'
            AND rel.relname NOT LIKE 'schema%%' AND rel.relname NOT LIKE 'registry%%'
        GROUP BY rel.oid, rel.relname
        """,
        [schema],
    ).fetchall()
    refers = connection.execute(
        "SELECT conrelid, confrelid FROM pg_constraint WHERE contype = 'f'"
    ).fetchall()
    done, order = set(), []
    while len(order) < len(found):
        for oid, name, columns, key in found:
            if oid not in done and all(to in done for by, to in refers if by == oid and to != oid):
                done.add(oid)
                order.append((name, columns, key))
    return order


def copies(order):
    connection.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(copy)))
    for name, _, _ in order:
        connection.execute(
            sql.SQL("CREATE TABLE {}.{} (LIKE {}.{} INCLUDING ALL)").format(
                *map(sql.Identifier, (copy, name, schema, name))
            )
        )
    keys = connection.execute(
        """
        SELECT rel.relname, pg_get_constraintdef(con.oid) FROM pg_constraint AS con
        JOIN pg_class AS rel ON rel.oid = con.conrelid
        WHERE con.contype = 'f' AND rel.relnamespace = %s::regnamespace
        """,
        [schema],
    ).fetchall()
    for name, text in keys:
        text = text.replace(schema + ".", "").replace("REFERENCES ", "REFERENCES " + copy + ".")
        connection.execute("ALTER TABLE %s.%s ADD %s" % (copy, name, text))


def load(order, rows):
    start = time.monotonic()
    with connection.transaction():
        for name, columns, key in order:
            names = sql.SQL(", ").join(map(sql.Identifier, columns))
            rest = [column for column in columns if column not in key]
            statement = sql.SQL("INSERT INTO {}.{} ({}) VALUES ({}) ON CONFLICT ({}) DO UPDATE SET {}").format(
                sql.Identifier(copy),
                sql.Identifier(name),
                names,
                sql.SQL(", ").join(sql.Placeholder() * len(columns)),
                sql.SQL(", ").join(map(sql.Identifier, key)),
                sql.SQL(", ").join(
                    sql.SQL("{0} = excluded.{0}").format(sql.Identifier(column)) for column in rest
                ),
            )
            for row in rows[name]:
                connection.execute(statement, row)
    return (time.monotonic() - start) * 1000


with connection:
    order = tables()
    rows = {
        name: connection.execute(
            sql.SQL("SELECT {} FROM {}.{}").format(
                sql.SQL(", ").join(map(sql.Identifier, columns)), sql.Identifier(schema), sql.Identifier(name)
            )
        ).fetchall()
        for name, columns, _ in order
    }
    copies(order)
    connection.commit()
    print(load(order, rows), load(order, rows))
    connection.execute(sql.SQL("DROP SCHEMA {} CASCADE").format(sql.Identifier(copy)))
