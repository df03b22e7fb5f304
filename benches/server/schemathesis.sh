#!/bin/sh
# Asks every endpoint that the OpenAPI document names what nobody should ask, and fails if the server
# breaks down or answers otherwise than it says.
#   benches/server/schemathesis.sh RECORD [EXAMPLES]
# Works on a copy of the record (documents are sent to it). Needs python3 with venv and PyPI.
set -eu
record=${1:?which record? try: detente run examples/japan-korea --record example.db}
examples=${2:-100}
detente=${DETENTE:-target/release/detente}
port=${PORT:-8791}
folder=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT
test -x "$detente" || { echo "$detente is missing: cargo build --release -p detente" >&2; exit 2; }
venv=${VENV:-target/schemathesis}
if ! test -x "$venv/bin/schemathesis"; then
    python3 -m venv "$venv" && "$venv/bin/pip" install --quiet 'schemathesis>=4,<5' || {
        echo "schemathesis cannot be had from PyPI: nothing was tested" >&2
        exit 2
    }
fi
cp "$record" "$folder/record.db"
# The server has its checks of hosts and tokens as always; the fuzzer knows the token.
"$detente" serve --record "$folder/record.db" --listen "127.0.0.1:$port" --token fuzz 2> "$folder/log" &
server=$!
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    python3 -c "import socket; socket.create_connection(('127.0.0.1', $port), 1)" 2> /dev/null && break
    sleep 0.5
done
# What is behind an id is reached with ids that exist: the first of each list.
python3 - "http://127.0.0.1:$port/api/v1" > "$folder/known.toml" << 'END'
import json, sys, urllib.request

def ask(path, given=None):
    request = urllib.request.Request(sys.argv[1] + path, headers={"Authorization": "Bearer fuzz"})
    request.data = given and json.dumps(given).encode()
    return json.load(urllib.request.urlopen(request, timeout=30))

ask("/searches", {"name": "talks", "query": "q=talks"})
for path, name, lists, field in [
    ("/facts/{id}", "id", "/facts?limit=1", "id"),
    ("/events/{id}", "id", "/events?limit=1", "id"),
    ("/commitments/{id}", "id", "/commitments?limit=1", "id"),
    ("/documents/{name}", "name", "/documents?limit=1", "name"),
    ("/searches/{name}", "name", "/searches", "name"),
]:
    answer = ask(lists)
    known = next(value for value in answer.values() if isinstance(value, list) and value)[0]
    print(f"[[operations]]\ninclude-path = \"/api/v1{path}\"")
    print(f"parameters = {{ {name} = {json.dumps(known[field])} }}\n")
END
venv=$(realpath "$venv")
# What the fuzzer leaves behind goes with the folder.
cd "$folder"
fuzz() {
    "$venv/bin/schemathesis" "$@" run "http://127.0.0.1:$port/api/v1/openapi.json" \
        --url "http://127.0.0.1:$port" --header 'Authorization: Bearer fuzz' \
        --checks not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance \
        --exclude-path /api/v1/stream --max-examples "$examples" --seed 1 --no-color \
        --generation-deterministic --request-timeout 30
}
fuzz
fuzz --config-file "$folder/known.toml"
# The stream never ends, so it is asked by hand: it must begin, whatever the header says.
for last in 0 -1 x 99999999999999999999; do
    code=$(curl -s -m 2 -o /dev/null -w '%{http_code}' -H 'Authorization: Bearer fuzz' \
        -H "Last-Event-ID: $last" "http://127.0.0.1:$port/api/v1/stream" || true)
    test "$code" = 200 || { echo "stream with Last-Event-ID $last: $code" >&2; exit 1; }
done
kill -0 "$server" || { echo "the server has ended: $(cat "$folder/log")" >&2; exit 1; }
