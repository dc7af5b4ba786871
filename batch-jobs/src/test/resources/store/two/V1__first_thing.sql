CREATE TABLE census.first_thing (id integer NOT NULL);
