ANALYZE look_pair
