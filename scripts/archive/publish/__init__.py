"""The archive becomes a site on disk: generated, rendered, checked, indexed, sealed and compared with the last one."""
