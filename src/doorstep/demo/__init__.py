"""The demo: a sample company, its past and its open mails, and a page where one plays a customer."""
