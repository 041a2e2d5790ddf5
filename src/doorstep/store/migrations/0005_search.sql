-- What the search needs beyond trigrams: beginnings of names, and loyalty numbers however they are written.

create index customer_name_begins on customer ((lower(name) collate "C"));
create index identity_loyalty on identity ((lower(translate(value, ' .-/()', '')) collate "C")) where kind = 'loyalty';
