systemctl is-active ssh.service
