"""A kind as small as can be: posts, who holds each, and a note that hardly matters."""

from __future__ import annotations

KIND = """
title: Posts
type: object
additionalProperties: false
properties:
  posts:
    title: Posts
    type: array
    x-key: [id]
    x-label: "{id}"
    items:
      type: object
      additionalProperties: false
      required: [id]
      properties:
        id: {title: Id, type: string}
        holder: {title: Holder, type: string, x-significance: critical}
        note: {title: Note, type: string, x-significance: minor}
"""
