-- What mail needs beside its words.

-- What the person newly wrote, where that is less than the text; empty: all of it.
alter table interaction add column said text not null default '';
