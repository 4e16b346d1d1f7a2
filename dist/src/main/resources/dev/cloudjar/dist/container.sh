#!/bin/bash
# Serves as LocalStack's image does: port 4566, scripts in /etc/localstack/init, SERVICES, and PERSISTENCE=1 to keep the
# cloud in /var/lib/localstack. Every CLOUDJAR_ variable works as well.
set -euo pipefail

export CLOUDJAR_HOST=${CLOUDJAR_HOST:-0.0.0.0} CLOUDJAR_INIT=${CLOUDJAR_INIT:-/etc/localstack/init}
export CLOUDJAR_SERVICES=${CLOUDJAR_SERVICES:-${SERVICES:-}}
if [[ ${PERSISTENCE:-0} =~ ^(1|true)$ ]]; then
    export CLOUDJAR_DATA=${CLOUDJAR_DATA:-/var/lib/localstack/cloudjar} XDG_CACHE_HOME=/var/lib/localstack/cache
else
    export CLOUDJAR_MEMORY=${CLOUDJAR_MEMORY:-1} CLOUDJAR_TRAIN=${CLOUDJAR_TRAIN:-no}
fi
exec /opt/cloudjar/bin/cloudjar start "$@"
