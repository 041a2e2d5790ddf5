"""E-mail: a door that speaks SMTP, a reader that takes any bytes, and a sender."""
