touch /var/lib/provisioned
