"""Drawings as SVG: charts, pictures that are drawings, patterns, QR codes."""
