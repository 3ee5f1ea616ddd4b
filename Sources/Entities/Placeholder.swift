// Entities
