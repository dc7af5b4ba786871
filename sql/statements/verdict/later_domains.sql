-- Whether a later night was judged: then this one is put in before it.
SELECT EXISTS (SELECT FROM domain_night WHERE night > :night)
