"""Holds an OpenAPI document against samples of the wire types.

    check_samples.py < {"documents": [document, …], "samples": [{"schema": name, "json": text}, …]}

Each document must be valid OpenAPI 3.1. Each sample must satisfy its schema, with no member that the schema does not
name. Over all samples of an object every member that its schema names must be seen, and those that it calls required
are those that each sample has. What is wrong goes to standard output, a line each; the exit status says whether.
"""
import json
import sys

from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator


class Objects:
    """What the samples had of each object of the schemas."""

    def __init__(self, schemas):
        self.schemas = schemas
        self.seen = {}  # where an object's schema stands: the members of each sample

    def walk(self, schema, value, where):
        if "$ref" in schema:
            name = schema["$ref"].rsplit("/", 1)[1]
            return self.walk(self.schemas[name], value, name)
        if isinstance(value, list):
            for item in value:
                self.walk(schema.get("items", {}), item, where + "[]")
        if isinstance(value, dict):
            properties = schema.get("properties")
            if properties is not None:
                self.seen.setdefault(where, (schema, []))[1].append(set(value))
            for name, inner in value.items():
                part = (properties or {}).get(name) or schema.get("additionalProperties")
                if isinstance(part, dict):
                    self.walk(part, inner, f"{where}.{name}")

    def faults(self):
        for where, (schema, seen) in self.seen.items():
            known, required = set(schema["properties"]), set(schema.get("required", []))
            for name in sorted(set.union(*seen) - known):
                yield f"{where}: the schema lacks the member {name}"
            for name in sorted(known - set.union(*seen)):
                yield f"{where}: no sample has the member {name}"
            for name in sorted(set.intersection(*seen) ^ required):
                yield f"{where}: whether {name} is required is not what the samples show"


def faults(documents, samples):
    schemas = {}
    for document in documents:
        for error in OpenAPIV31SpecValidator(document).iter_errors():
            yield f"{document['info']['title']}: {'/'.join(map(str, error.path))}: {error.message}"
        schemas.update(document["components"]["schemas"])
    objects = Objects(schemas)
    for sample in samples:
        name, value = sample["schema"], json.loads(sample["json"])
        if name not in schemas:
            yield f"{name}: no such schema"
            continue
        schema = {"$ref": f"#/components/schemas/{name}", "components": {"schemas": schemas}}
        validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
        for error in validator.iter_errors(value):
            yield f"{name}: {error.json_path}: {error.message}"
        objects.walk(schemas[name], value, name)
    yield from objects.faults()
    for name, schema in sorted(schemas.items()):
        if schema.get("properties") and name not in objects.seen and name != "OpenAPI":
            yield f"{name}: there is no sample"


found = list(faults(**json.load(sys.stdin)))
print("\n".join(found))
sys.exit(1 if found else 0)
