"""Writes Sources/JSONSchema/Schemas/MetaSchemas+Generated.swift from the PyPI package jsonschema-specifications.

The meta-schemas are the specification's own files, unchanged but for white space.
Run: python3 tools/metaschemas/generate.py
"""
import json
import pathlib

import jsonschema_specifications

WANTED = ("http://json-schema.org/draft-07/", "https://json-schema.org/draft/2019-09/", "https://json-schema.org/draft/2020-12/")
root = pathlib.Path(__file__).resolve().parents[2]
target = root / "Sources/JSONSchema/Schemas/MetaSchemas+Generated.swift"

lines = [
    "// The meta-schemas of the JSON Schema specification (json-schema.org; AFL 3.0 or BSD), made by",
    "// tools/metaschemas/generate.py. Do not edit.",
    "",
    "extension MetaSchemas {",
    "    /// Text of each meta-schema by its URI.",
    "    static let texts: [(uri: String, text: StaticString)] = [",
]
for uri in sorted(jsonschema_specifications.REGISTRY):
    if not uri.startswith(WANTED):
        continue
    contents = jsonschema_specifications.REGISTRY.contents(uri)
    lines += ["        (", f'            "{uri.rstrip("#")}",', '            #"""']
    text = json.dumps(contents, indent=1, ensure_ascii=False)
    lines += ["            " + line for line in text.splitlines()]
    lines += ['            """#', "        ),"]
lines += ["    ]", "}", ""]
target.write_text("\n".join(lines))
