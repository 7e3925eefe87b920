"""Whether two processes are one tender told twice. Pure: records in, a judgement with its grounds out."""
