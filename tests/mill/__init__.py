"""Every layer and every function of Keras, put through the same mill."""
