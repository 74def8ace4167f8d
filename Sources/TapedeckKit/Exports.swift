// `import TapedeckKit` is all that a user's own experiment needs.
@_exported import Arrays
@_exported import Autograd
@_exported import Bridge
@_exported import Datasets
@_exported import NN
@_exported import Trace
@_exported import Training
