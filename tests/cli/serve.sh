#!/usr/bin/env bash
# The server from outside: the demo's accounts, signing in with curl, encryption, stopping.
. "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/lib.sh"

command -v curl >/dev/null || {
    echo "skipped - serving: curl is not installed"
    exit 0
}
server=
stop_all() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap stop_all EXIT

# start COMMAND...: run it in the background and wait until it says where it listens.
start() {
    : >"$work/said"
    "$@" >"$work/said" 2>"$work/log" </dev/null &
    server=$!
    for _ in $(seq 300); do
        grep -q 'listens at' "$work/said" && break
        kill -0 "$server" 2>/dev/null || break
        sleep 0.1
    done
    url=$(sed -n 's/.*listens at \([^ ]*\).*/\1/p' "$work/said")
}

# stop: SIGTERM; its exit status stands in $stopped.
stop() {
    stopped=0
    kill -TERM "$server"
    wait "$server" || stopped=$?
    server=
}

ask() {
    curl -sS -o "$work/out" -w '%{http_code}' --max-time 20 "$@"
}

token() {
    sed -n 's/.*name="csrf_token" value="\([^"]*\)".*/\1/p' "$work/out" | head -n 1
}

sign_in() {
    local user=$1 jar=$2 password
    password=$(value "[x['password'] for x in a['accounts'] if x['username'] == '$user'][0]" <"$work/accounts.json")
    ask -c "$jar" -b "$jar" "$url/sign-in" >/dev/null
    ask -c "$jar" -b "$jar" --data-urlencode "csrf_token=$(token)" --data-urlencode "username=$user" \
        --data-urlencode "password=$password" "$url/sign-in"
}

start "$ATTAIN" --today 2026-03-27 --db "$db" --quiet demo --listen 127.0.0.1:0 --accounts "$work/accounts.json"
if [ -z "$url" ]; then
    wrong "the demo serves" "$(cat "$work/said" "$work/log")"
    finish
fi
good "the demo serves"
same "the accounts file is private" 600 "$(stat -c %a "$work/accounts.json")"
same "it says where" "$url" "$(value 'a["url"]' <"$work/accounts.json")"
same "every role is there" \
    "data_manager form_tutor governor head head_of_year la_adviser parent partner pupil senco slt subject_leader ta teacher" \
    "$(value '" ".join(sorted(set(x["role"] for x in a["accounts"])))' <"$work/accounts.json")"
same "200 teachers with a marksheet each" 200 \
    "$(value 'sum(1 for x in a["accounts"] if x["role"] == "teacher" and x["marksheets"])' <"$work/accounts.json")"
same "two teachers share one" true \
    "$(value 'max([[s for x in a["accounts"] if x["role"] == "teacher" for s in x["marksheets"]].count(m) for m in [y for x in a["accounts"] if x["role"] == "teacher" for y in x["marksheets"][:1]]]) == 2' <"$work/accounts.json")"
same "a data manager in each of two schools" 2 \
    "$(value 'len(set(x["school"] for x in a["accounts"] if x["role"] == "data_manager"))' <"$work/accounts.json")"

same "a monitor is answered" 200 "$(ask "$url/health")"
same "ok" ok
same "a stranger is sent to sign in" 303 "$(ask "$url/")"
for user in $(value '" ".join({x["role"]: x["username"] for x in a["accounts"]}.values())' <"$work/accounts.json"); do
    same "$user signs in" 303 "$(sign_in "$user" "$work/jar-$user")"
    same "$user has a first page" 200 "$(ask -b "$work/jar-$user" "$url/")"
    same "$user has an account page" 200 "$(ask -b "$work/jar-$user" "$url/account")"
done
says "the cookie is one, for this server only" "#HttpOnly_127.0.0.1	FALSE	/	FALSE	0	attain" "$work/jar-governor"

sheet=$(value '[x["marksheets"][0] for x in a["accounts"] if x["username"] == "teacher003"][0]' <"$work/accounts.json")
sign_in teacher003 "$work/jar-3" >/dev/null
sign_in teacher150 "$work/jar-150" >/dev/null
same "a teacher opens the marksheet of the file" 200 "$(ask -b "$work/jar-3" "$url$sheet")"
same "another teacher does not" 404 "$(ask -b "$work/jar-150" "$url$sheet")"
same "nor the other school's data manager" 404 "$(sign_in data.quillhaven "$work/jar-q" >/dev/null
    ask -b "$work/jar-q" "$url$sheet")"

stop
same "it stops in order" 0 "$stopped"
lacks "the log has no names" "teacher003" "$work/log"
lacks "and no fault" "AddressSanitizer" "$work/log"
says "the log has the pattern" "GET /marksheets/{id} 200" "$work/log"
status "what was done is sound" 0 "$ATTAIN" --db "$db" verify

cp "$work/accounts.json" "$work/before.json"
start "$ATTAIN" --today 2026-03-27 --db "$db" --quiet demo --listen 127.0.0.1:0 --accounts "$work/accounts.json"
same "a second start has other passwords" false \
    "$(python3 -c 'import json, sys
a, b = (json.load(open(f)) for f in sys.argv[1:])
print(json.dumps(any(x["password"] == y["password"] for x, y in zip(a["accounts"], b["accounts"]))))' \
        "$work/before.json" "$work/accounts.json")"
same "and the same marksheets" true \
    "$(python3 -c 'import json, sys
a, b = (json.load(open(f)) for f in sys.argv[1:])
print(json.dumps([x["marksheets"] for x in a["accounts"]] == [y["marksheets"] for y in b["accounts"]]))' \
        "$work/before.json" "$work/accounts.json")"
same "an old session is over" 303 "$(ask -b "$work/jar-governor" "$url/")"
status "the port is taken" 1 "$ATTAIN" --db "$db" serve --listen "${url#http://}"
says "and it says so" "cannot listen on port" "$work/err"
stop

status "an address that others reach is refused" 2 "$ATTAIN" --db "$db" serve --listen 0.0.0.0:0
status "no port" 2 "$ATTAIN" --db "$db" serve --listen 127.0.0.1:http
status "a key without a certificate" 2 "$ATTAIN" --db "$db" serve --key x
status "no database" 1 "$ATTAIN" --db "$work/none.db" serve --listen 127.0.0.1:0
says "which" "there is no file" "$work/err"

if command -v openssl >/dev/null; then
    openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=localhost -days 2 -keyout "$work/key.pem" \
        -out "$work/cert.pem" 2>/dev/null
    start "$ATTAIN" --db "$db" serve --listen 127.0.0.1:0 --cert "$work/cert.pem" --key "$work/key.pem"
    same "over TLS" 200 "$(ask -k -D "$work/head" "$url/sign-in")"
    says "the cookie is bound to it" "__Host-attain=" "$work/head"
    says "and secure" "; Secure" "$work/head"
    says "for a year" "Strict-Transport-Security: max-age=31536000" "$work/head"
    stop
    same "stops too" 0 "$stopped"
else
    echo "skipped - TLS: openssl is not installed"
fi
finish
