-- What mail needs beside its words.

-- What the person newly wrote, where that is less than the text; empty: all of it.
alter table interaction add column said text not null default '';

-- What was sent there came back; a word for the desk, beside the address.
alter table identity add column unreachable_at timestamptz;
alter table identity add column unreachable_why text not null default '';
