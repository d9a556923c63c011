# Read by ./run, ./test and tools/package: makes sure there is a python3 that can make an environment.
if ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
  line='apt-get install -y --no-install-recommends python3 python3-venv ca-certificates'
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
    echo "Il manque Python 3.11 ou plus récent, avec son module venv. Sous Debian, tapez :" >&2
    echo "  sudo $line" >&2
    exit 1
  fi
  echo "Installation de Python par Debian…"
  if ! output=$(exec 2>&1 </dev/null; apt-get update -q && DEBIAN_FRONTEND=noninteractive $line); then
    echo "$output" | tail -n 5 >&2
    echo "Debian n’a pas pu installer Python. Vérifiez l’accès au réseau, puis relancez la même commande." >&2
    exit 1
  fi
fi
