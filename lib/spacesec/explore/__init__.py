"""The panel that turns a question's parameters in JupyterLab."""
