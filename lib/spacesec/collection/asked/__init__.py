"""The collection as tools for programs that answer people (Model Context Protocol): read-only, sourced."""
