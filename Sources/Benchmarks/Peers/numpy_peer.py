"""The benchmark's rows by hand in NumPy, in float32; the guide's first loop in float64, as NumPy has it."""

from peer import missing, serve

try:
    import numpy as np
except ImportError:
    missing("numpy")


def prepare(row):
    generator = np.random.default_rng(1)
    sizes, real = row["layers"], np.dtype(row["precision"]).type
    weights, biases = [], []
    for inputs, outputs in zip(sizes, sizes[1:]):
        bound = inputs**-0.5
        weights.append(generator.uniform(-bound, bound, (inputs, outputs)).astype(real))
        biases.append(generator.uniform(-bound, bound, outputs).astype(real))
    parameters = weights + biases
    means = [np.zeros_like(p) for p in parameters]
    squares = [np.zeros_like(p) for p in parameters]
    x = generator.random((row["batch"], sizes[0]), real)
    rows, y = np.arange(row["batch"]), np.arange(row["batch"]) % sizes[-1]
    rate, adam, count = real(row["rate"]), row["optimizer"] == "adam", 0

    def step():
        nonlocal count
        count += 1
        activations = [x]
        for index, (weight, bias) in enumerate(zip(weights, biases)):
            z = activations[-1] @ weight + bias
            activations.append(np.maximum(z, 0) if index < len(weights) - 1 else z)
        exponentials = np.exp(activations[-1] - activations[-1].max(axis=1, keepdims=True))
        probabilities = exponentials / exponentials.sum(axis=1, keepdims=True)
        loss = -np.log(probabilities[rows, y]).mean()
        delta = probabilities
        delta[rows, y] -= 1
        delta /= real(len(x))
        gradients = [None] * len(parameters)
        for index in reversed(range(len(weights))):
            gradients[index] = activations[index].T @ delta
            gradients[len(weights) + index] = delta.sum(axis=0)
            if index > 0:
                delta = (delta @ weights[index].T) * (activations[index] > 0)
        for p, g, m, v in zip(parameters, gradients, means, squares):
            if adam:
                m += real(0.1) * (g - m)
                v += real(0.001) * (g * g - v)
                root = np.sqrt(v / real(1 - 0.999**count)) + real(1e-8)
                p -= rate / real(1 - 0.9**count) * m / root
            else:
                p -= rate * g
        return loss

    return step


serve(f"NumPy {np.__version__}", prepare)
