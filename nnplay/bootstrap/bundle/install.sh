#!/bin/sh
# Installs nnplay for one person, without root: ./install. Takes it away again: ./install --remove, here or in the
# folder where it was installed. Experiments, and what nnplay keeps of them, stay.
set -eu

data=${XDG_DATA_HOME:-$HOME/.local/share}
program=$HOME/.local/lib/nnplay
command=$HOME/.local/bin/nnplay
here=$(cd "$(dirname "$0")" && pwd)

refresh() {
    if command -v update-mime-database >/dev/null && [ -d "$data/mime" ]; then update-mime-database "$data/mime"; fi
    if command -v update-desktop-database >/dev/null && [ -d "$data/applications" ]; then
        update-desktop-database "$data/applications"
    fi
}

remove() {
    [ -f "$program/shared" ] || return 0
    while read -r file; do
        rm -f "$data/$file"
    done <"$program/shared"
    [ "$(readlink "$command" 2>/dev/null)" != "$program/nnplay" ] || rm -f "$command"
    refresh
    # what is made from the files of all programs, where no program's file is left
    ls "$data"/mime/packages/*.xml >/dev/null 2>&1 || rm -rf "$data/mime"
    ls "$data"/applications/*.desktop >/dev/null 2>&1 || rm -f "$data/applications/mimeinfo.cache"
    while read -r file; do
        (cd "$data" 2>/dev/null && rmdir -p "$(dirname "$file")" 2>/dev/null) || true
    done <"$program/shared"
    rm -rf "$program"
    rmdir -p "$HOME/.local/lib" "$HOME/.local/bin" 2>/dev/null || true
}

if [ "${1:-}" = --remove ]; then
    if [ ! -f "$program/shared" ]; then
        echo "nnplay is not installed in $program" >&2
        exit 1
    fi
    remove
    echo "nnplay is removed"
    exit 0
fi
if [ $# -gt 0 ]; then
    echo "usage: ./install, or ./install --remove" >&2
    exit 2
fi
if [ ! -x "$here/nnplay/nnplay" ]; then
    echo "the program is not beside this script; unpack the archive again" >&2
    exit 1
fi
if [ -e "$program" ] && [ ! -f "$program/shared" ]; then
    echo "$program is there already, and nnplay did not make it; move it away first" >&2
    exit 1
fi
remove # an older one
mkdir -p "$program" "$(dirname "$command")" "$data"
cp -R "$here/nnplay/." "$program"
cp "$here/install" "$program/install"
(cd "$here/share" && find . -type f | sed 's|^\./||') >"$program/shared"
while read -r file; do
    mkdir -p "$data/$(dirname "$file")"
    cp "$here/share/$file" "$data/$file"
done <"$program/shared"
quoted=$(printf '%s' "$program/nnplay" | sed 's/["`$\\]/\\\\&/g; s/%/%%/g; s/[&|\\]/\\&/g')
sed "s|^Exec=.*|Exec=\"$quoted\" %f|" "$here/share/applications/nnplay.desktop" >"$data/applications/nnplay.desktop"
[ -e "$command" ] || ln -s "$program/nnplay" "$command"
refresh
echo "nnplay is in the applications menu; in a terminal: $command"
echo "take it away again: $program/install --remove"
