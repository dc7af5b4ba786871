ANALYZE trend_draw, trend_drawn_set, trend_drawn_unit
