// RegistryTree
