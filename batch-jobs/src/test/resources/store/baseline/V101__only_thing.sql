CREATE TABLE only_thing (id bigint);
