#!/bin/sh
# The names of the steps that the vault's schema is made of, one a line, in their order.
sed -n 's/.*registerMigration("\([^"]*\)").*/\1/p' "$(dirname "$0")/../Sources/Vault/File/VaultSchema.swift"
