CREATE TABLE census.second_thing (id integer NOT NULL);
