"""The receiving server of a city (extra [city]): takes the desks' parcels, shows the reform officer
what they say.
"""
