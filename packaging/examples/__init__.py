"""The example projects, each written as the Keras code that it stands for, and their data."""
