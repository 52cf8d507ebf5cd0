set -e
cat "$(dirname "$0")/motd" > /etc/motd
