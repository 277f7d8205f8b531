"""How good a picture is: nearness to truth (GOSPA), identities kept, honest covariances (NEES), and the best possible."""
