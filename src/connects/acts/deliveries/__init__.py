"""Whatever is sent to somebody elsewhere, and retried until it arrives: e-mails and webhooks alike."""
