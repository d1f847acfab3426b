"""Who is there: sign-in, provider, news."""
