"""Made-up skies with a known truth: what flies, who looks, and what they detect; the same seed gives the same bytes."""
