ANALYZE address_starttls, call_settings, reply_judgement, abandoned_call
