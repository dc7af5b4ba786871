CREATE TABLE census.half_thing (id integer NOT NULL);
SELECT no_such_column FROM census.first_thing;
