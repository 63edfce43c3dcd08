# shellcheck shell=bash
# shellcheck disable=SC2154 # root and caller are those of install.sh
# ./install.sh as root: turns this machine into a tutor, and takes it back. Part of install.sh, which reads it.

device_usage="./install.sh [--dry-run] [--yes] [--storage DISK|container[:SIZE]|folder] [--models starter|jetson] [--cuda]"
storage_place=/mnt/storage

dry=

# act COMMAND...: does it; in a dry run shows it.
act() {
  if [ -n "$dry" ]; then
    printf '   would run:'
    printf ' %q' "$@"
    printf '\n'
  else
    "$@"
  fi
}

# write FILE: from standard input, whole or not at all.
write() {
  if [ -n "$dry" ]; then
    printf '   would write %s:\n' "$1"
    sed 's/^/      /'
  else
    install -d "${1%/*}"
    cat >"$1.new"
    mv "$1.new" "$1"
  fi
}

# confirmed QUESTION: asks whoever sits there; nobody there is no.
confirmed() {
  local answer
  [ -z "$yes" ] || return 0
  { printf '%s [y/N] ' "$1" >/dev/tty && read -r answer </dev/tty; } 2>/dev/null ||
    fail "nobody is here to ask: $1" "Say it beforehand with --yes."
  [[ $answer == [yY]* ]]
}

device_options() {
  yes='' storage='' models='' cuda=''
  while (($#)); do
    case $1 in
      --dry-run) dry=yes ;;
      --yes) yes=yes ;;
      --cuda) cuda=yes ;;
      --storage | --models)
        (($# > 1)) || usage_error "$1 needs a value: $device_usage"
        case $1 in --storage) storage=$2 ;; --models) models=$2 ;; esac
        shift
        ;;
      *) usage_error "'$1' is not understood: $device_usage" ;;
    esac
    shift
  done
  case $storage in
    '' | container | folder) ;;
    container:*) [[ ${storage#container:} =~ ^[0-9]+[MGT]$ ]] || usage_error "a size is written as 16G: --storage container:16G" ;;
    /dev/*) [ -b "$storage" ] || fail "$storage is no disk of this machine" "lsblk shows those that there are." ;;
    *) usage_error "--storage takes a disk such as /dev/nvme0n1, container, container:16G, or folder" ;;
  esac
  # The small models answer fast on any processor; the others want the Jetson's memory and GPU.
  if [ -z "$models" ]; then
    models=starter
    [ ! -e /etc/nv_tegra_release ] || models=jetson
  fi
  [ -d "$root/config/system/models-$models" ] || usage_error "--models takes starter or jetson"
}

# Whether the system of this machine can run services; a container or another init is told so.
needs_systemd() {
  [ -z "$dry" ] || return 0
  [ -d /run/systemd/system ] || fail "systemd does not run here, so nothing could start the tutor" \
    "./install.sh demo works without it. On a real machine, boot with systemd and try again."
  [ "$(id -u)" -eq 0 ] || fail "installing the service needs root" "Try: sudo ./install.sh"
}

# What is at /mnt/storage: ready, or what is to be made.
storage_state() {
  if mountpoint -q "$storage_place" 2>/dev/null; then
    echo mounted
  elif [ "$(readlink /etc/systemd/system/mnt-storage.mount 2>/dev/null)" = /dev/null ]; then
    echo folder
  elif grep -qs '^iseetutor[[:space:]]' /etc/crypttab; then
    echo locked
  else
    echo none
  fi
}

choose_storage() {
  [ -z "$storage" ] || return 0
  [ "$(storage_state)" = none ] || return 0
  if [ -n "$yes$dry" ]; then
    storage=container
    return 0
  fi
  say "where the children's records, the models and the books are kept, encrypted"
  lsblk --nodeps --output NAME,SIZE,MODEL,TYPE,MOUNTPOINTS --exclude 1,7 2>/dev/null | sed 's/^/   /'
  note "A disk of its own is best: give its name, such as /dev/nvme0n1. Everything on it will be used."
  note "Without one press Enter: an encrypted file of 16 GB on the system's disk."
  { printf '   Disk: ' >/dev/tty && read -r storage </dev/tty; } 2>/dev/null ||
    fail "nobody is here to ask which disk" "Say it with --storage DISK or --storage container."
  storage=${storage:-container}
  case $storage in
    container | container:*) ;;
    /dev/*) [ -b "$storage" ] || fail "$storage is no disk of this machine" ;;
    *) fail "'$storage' is no disk" "Give a path such as /dev/nvme0n1." ;;
  esac
}

tell_plan() {
  local where state
  state=$(storage_state)
  case $state in
    mounted) where="stays as it is, mounted at $storage_place" ;;
    folder) where="stays the plain folder $storage_place, not encrypted" ;;
    locked) where="is set up already, and is unlocked with its key" ;;
    *)
      case ${storage:-container} in
        container) where="an encrypted file of 16 GB, /var/lib/iseetutor/storage.luks" ;;
        container:*) where="an encrypted file of ${storage#container:}, /var/lib/iseetutor/storage.luks" ;;
        folder) where="the plain folder $storage_place, NOT encrypted: for trying only" ;;
        *) where="all of $storage, encrypted; a recovery key is shown once, so have paper at hand" ;;
      esac
      ;;
  esac
  say "this will be done to $(uname -n)"
  note "1. install what the build needs (apt), and Rust if it is missing; build (about 15 minutes the first time)"
  note "2. make the package iseetutor and install it: programs, services, six users, firewall rules, settings in /etc/iseetutor"
  note "3. storage: $where"
  note "4. fetch the '$models' models into $storage_place/models, and make the dictionary"
  note "5. switch the service on, now and at every start, and look whether all is well"
  note "Data and settings that are there stay. ./install.sh --uninstall takes it back, except the data."
}

# --- the steps ------------------------------------------------------------------------------------------------------

# Features for the GPU, for the programs that have them.
build_for_gpu() {
  if [ -z "$dry" ] && ! command -v nvcc >/dev/null && ! [ -x /usr/local/cuda/bin/nvcc ]; then
    fail "--cuda needs the CUDA compiler nvcc, and it is not here" \
      "On JetPack 6: apt-get install nvidia-jetpack; then open a new shell and try again."
  fi
  export PATH="$PATH:/usr/local/cuda/bin"
  act cargo build --release --locked -p iseetutor-sttd --features cuda
  act cargo build --release --locked -p iseetutor-llmd --features cuda
}

install_package() {
  local package
  say "package"
  if [ -n "$dry" ]; then
    act package/make.sh --fast "$CARGO_TARGET_DIR/package"
    act apt-get install -y "$CARGO_TARGET_DIR/package/iseetutor_VERSION_ARCHITECTURE.deb"
    return 0
  fi
  package=$(package/make.sh --fast "$CARGO_TARGET_DIR/package") || fail "the package could not be made"
  # The same version again replaces what is there: it was built anew.
  apt install -y --reinstall --allow-downgrades --no-install-recommends -o Dpkg::Options::=--force-confold "$package" >/dev/null ||
    fail "apt-get could not install $package" "Read what it says above; try: apt-get install $package"
  note "$(dpkg-query -W -f='${Package} ${Version}' iseetutor) is installed"
}

install_storage() {
  local setup=(tutorctl storage setup) state
  say "storage"
  state=$(storage_state)
  case $state in
    mounted) note "$storage_place is mounted; it stays as it is" ;;
    folder) note "$storage_place is a plain folder; it stays as it is" ;;
    locked)
      act systemctl start mnt-storage.mount ||
        fail "the storage could not be unlocked and mounted" "tutorctl storage status says what mends it."
      ;;
    *)
      install_packages cryptsetup-bin e2fsprogs
      [ -z "$yes" ] || setup+=(--yes)
      case ${storage:-container} in
        folder) setup+=(--plain) ;;
        container) setup+=(--container 16G) ;;
        container:*) setup+=(--container "${storage#container:}") ;;
        *) setup+=("$storage") ;;
      esac
      act "${setup[@]}" || fail "the storage was not set up" "Once mended, go on with: ./install.sh"
      ;;
  esac
}

install_models() {
  local from=()
  say "models and dictionary"
  # What a demo on this machine fetched is not fetched again.
  local here=${ISEETUTOR_MODELS:-${XDG_DATA_HOME:-$HOME/.local/share}/iseetutor/models}/$models
  if [ -n "${ISEETUTOR_MIRROR:-}" ]; then
    from=(--from "$ISEETUTOR_MIRROR")
  elif [ -d "$here" ]; then
    from=(--from "$here")
  fi
  act env "ISEETUTOR_MODELS=$storage_place/models" tutorctl models fetch --set "$models" "${from[@]}" ||
    fail "the models could not be fetched" "What is there is kept: run ./install.sh again to go on."
  # Read by the daemons, each as a user of its own.
  act chmod -R u=rwX,go=rX "$storage_place/models"
  act tutorctl lexicon build --to "$storage_place/databases/lexicon.db" ||
    fail "the dictionary could not be made" "Once mended, go on with: ./install.sh"
  act chown iseetutor-tutord:iseetutor-tutord "$storage_place/databases/lexicon.db"
  act tutorctl content add /usr/share/iseetutor/books --words-only --library "$storage_place/content" ||
    fail "the books could not be put on the device" "Once mended, go on with: ./install.sh"
  local daemon settings
  for daemon in sttd llmd ttsd; do
    settings=/etc/iseetutor/$daemon.d/30-models.toml
    if [ "$models" = starter ]; then
      write "$settings" <"$root/config/system/models-starter/$daemon.toml"
    else
      act rm -f "$settings"
    fi
    if [ -n "$cuda" ] && [ "$daemon" != ttsd ]; then
      write "/etc/systemd/system/$daemon.service.d/50-cuda.conf" <"$root/units/cuda/$daemon.conf"
    fi
  done
}

switch_on() {
  say "service"
  act systemctl daemon-reload
  act systemctl enable iseetutor.target
  # Restarted rather than started, so that a second run takes up what it has changed.
  act systemctl restart iseetutor.target
  act systemctl --no-pager --plain list-dependencies iseetutor.target
  say "is all well?"
  if ! act tutorctl doctor; then
    note "What is missing is named above, each with what mends it."
  fi
  say "done"
  note "speak to it, or: tutorctl ask 'What is 3/4 plus 1/8?'"
  note "the parents' page: https://$(ip -4 -o route get 192.168.0.1 2>/dev/null | sed -n 's/.* src \([0-9.]*\).*/\1/p'), with the code of: tutorctl parent code"
  note "add a child: tutorctl learner add NAME --level lower"
  note "afterwards: /usr/share/doc/iseetutor/operations.md"
}

device() {
  device_options "$@"
  needs_systemd
  choose_storage
  tell_plan
  if [ -z "$dry" ] && ! confirmed "   Go on?"; then
    note "nothing was done"
    exit 0
  fi
  if [ -n "$dry" ]; then
    say "system packages and toolchain"
    note "would run: apt-get install, for those of the build that are missing"
    export CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-$root/target}"
    cd "$root" || exit
    say "build"
    act cargo build --release --locked --workspace
  else
    prepare
    cd "$root" || exit
    build
  fi
  [ -z "$cuda" ] || build_for_gpu
  install_package
  install_storage
  install_models
  switch_on
}

# --- and back -------------------------------------------------------------------------------------------------------

uninstall() {
  yes=''
  while (($#)); do
    case $1 in
      --dry-run) dry=yes ;;
      --yes) yes=yes ;;
      *) usage_error "--uninstall takes --dry-run and --yes" ;;
    esac
    shift
  done
  [ -n "$dry" ] || [ "$(id -u)" -eq 0 ] || fail "uninstalling needs root" "Try: sudo ./install.sh --uninstall"
  say "this will be done to $(uname -n)"
  note "stop the tutor; remove its programs, services, firewall rules and settings (/etc/iseetutor)"
  note "What stays: $storage_place and all in it, the key that opens it, and the users who own it"
  if [ -z "$dry" ]; then
    installed iseetutor || [ -d /etc/iseetutor ] || fail "the package iseetutor is not installed here" "There is nothing to take back."
    confirmed "   Go on?" || {
      note "nothing was done"
      exit 0
    }
  fi
  act systemctl disable --now iseetutor.target || true
  act env DEBIAN_FRONTEND=noninteractive apt-get -qq purge -y iseetutor || fail "apt-get could not remove the package" "Read what it says above; try: apt-get purge iseetutor"
  act rm -f /etc/systemd/system/{sttd,llmd}.service.d/50-cuda.conf
  if [ -z "$dry" ]; then
    rmdir --ignore-fail-on-non-empty /etc/systemd/system/{sttd,llmd}.service.d 2>/dev/null || true
  fi
  act systemctl daemon-reload
  say "done"
  note "The data is in $storage_place. To be rid of it too, first look at what there is (tutorctl learner list, before"
  note "uninstalling), then: systemctl stop systemd-cryptsetup@iseetutor, cryptsetup erase DISK, and remove the line 'iseetutor' of"
  note "/etc/crypttab and /etc/cryptsetup-keys.d/iseetutor.key."
}
