"""Authorities of the tests' own: certificates, lists of revoked ones, OCSP responses, time stamps. All dates are fixed.

Their keys are test keys: they follow from fixed numbers, or are in `tests/cases/signatures/keys`. They protect nothing.
"""
